import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { partyId } from '#libs/events';
import { answerOf, meta } from '../http/answer.ts';
import type { Answer, Meta } from '../http/answer.ts';
import { Questions } from '../http/questions.ts';
import { viewQuery } from '../http/time-axes.ts';
import type { TimeAxes } from '../http/time-axes.ts';
import { requireCompany } from '../companies/require-company.ts';
import { capTableAnswer, describeCapTable } from './cap-table.ts';
import type { CapTable } from './cap-table.ts';
import { capTableView } from './view.ts';

const query = viewQuery({});

@ApiTags('companies')
@Controller('v1/companies')
export class CapTableController {
  readonly #questions: Questions;

  constructor(questions: Questions) {
    this.#questions = questions;
  }

  @Get(':company/cap-table')
  @ApiOperation({ summary: 'Who owns what of a company' })
  @ApiOkResponse({ standardSchema: answerOf(meta, capTableAnswer) })
  async read(
    @Param('company', { schema: partyId }) company: string,
    @Query({ schema: query }) at: TimeAxes,
  ): Promise<Answer<Meta, CapTable>> {
    const answer = await this.#questions.ask(capTableView, { parameters: { company }, at });
    requireCompany(company, answer.parts.state);
    return { meta: answer.meta, data: describeCapTable(answer.parts) };
  }
}
