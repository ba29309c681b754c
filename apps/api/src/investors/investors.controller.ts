import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { partyId } from '#libs/events';
import { z } from 'zod';
import { answerOf, meta, pageOf } from '../http/answer.ts';
import type { Answer, Meta, Page } from '../http/answer.ts';
import { pageOfRows, sortParameter, startOf } from '../http/listing.ts';
import { pageParameters } from '../http/page.ts';
import { shortText } from '../http/parameters.ts';
import { Problem } from '../http/problem.ts';
import { Questions } from '../http/questions.ts';
import { listQuery, viewQuery } from '../http/time-axes.ts';
import type { TimeAxes } from '../http/time-axes.ts';
import { describeInvestor, investorRow, investorsView, investorView } from './investors.ts';
import type { InvestorRow } from './investors.ts';

const listing = listQuery({
  country: shortText.optional(),
  sectors: shortText.optional().meta({ description: 'Investors of this sector.' }),
  roles: z
    .enum(['company', 'giant', 'fund', 'person'], {
      error: 'one of company, giant, fund, person',
    })
    .optional()
    .meta({ description: 'Investors that have this role.' }),
  sort: sortParameter('investor', 'name', 'country', 'companies'),
  ...pageParameters,
});
type Listing = z.output<typeof listing>;

const view = viewQuery({});

@ApiTags('investors')
@Controller('v1/investors')
export class InvestorsController {
  readonly #questions: Questions;

  constructor(questions: Questions) {
    this.#questions = questions;
  }

  @Get()
  @ApiOperation({ summary: 'Who has or had something in a company' })
  @ApiOkResponse({ standardSchema: pageOf(meta, investorRow) })
  async list(@Query({ schema: listing }) query: Listing): Promise<Page<Meta, InvestorRow>> {
    const { at, version, skip } = startOf(query);
    const { limit, sort = 'investor', country, sectors: sector, roles: role } = query;
    const answer = await this.#questions.ask(investorsView(sort), {
      parameters: { country, sector, role, limit, skip },
      at,
      version,
    });
    const page = pageOfRows(answer.parts.investors, { limit, skip, meta: answer.meta });
    return { meta: answer.meta, data: page.data.map(describeInvestor), next: page.next };
  }

  @Get(':investor')
  @ApiOperation({ summary: 'One investor' })
  @ApiOkResponse({ standardSchema: answerOf(meta, investorRow) })
  async read(
    @Param('investor', { schema: partyId }) investor: string,
    @Query({ schema: view }) at: TimeAxes,
  ): Promise<Answer<Meta, InvestorRow>> {
    const { meta: point, parts } = await this.#questions.ask(investorView, {
      parameters: { investor },
      at,
    });
    if (parts.investor === null) {
      throw new Problem('unknown-party', `No investor ${investor} is known at this point.`);
    }
    return { meta: point, data: describeInvestor(parts.investor) };
  }
}
