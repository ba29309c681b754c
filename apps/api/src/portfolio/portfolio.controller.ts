import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { partyId } from '#libs/events';
import type { z } from 'zod';
import { meta, pageOf } from '../http/answer.ts';
import type { Meta, Page } from '../http/answer.ts';
import { pageOfRows, startOf } from '../http/listing.ts';
import { pageParameters } from '../http/page.ts';
import { Questions } from '../http/questions.ts';
import { listQuery } from '../http/time-axes.ts';
import { describeHolding, portfolioRow, portfolioView } from './portfolio.ts';
import type { PortfolioRow } from './portfolio.ts';

const listing = listQuery({
  company: partyId.optional().meta({ description: 'Only what it has in this company.' }),
  ...pageParameters,
});

@ApiTags('investors')
@Controller('v1/investors')
export class PortfolioController {
  readonly #questions: Questions;

  constructor(questions: Questions) {
    this.#questions = questions;
  }

  /** Who holds nothing has an empty portfolio: that is an answer. */
  @Get(':investor/portfolio')
  @ApiOperation({ summary: 'What an investor has in each company' })
  @ApiOkResponse({ standardSchema: pageOf(meta, portfolioRow) })
  async list(
    @Param('investor', { schema: partyId }) investor: string,
    @Query({ schema: listing }) query: z.output<typeof listing>,
  ): Promise<Page<Meta, PortfolioRow>> {
    const { at, version, skip } = startOf(query);
    const { limit, company } = query;
    const answer = await this.#questions.ask(portfolioView, {
      parameters: { investor, company, limit, skip },
      at,
      version,
    });
    const page = pageOfRows(answer.parts.portfolio, { limit, skip, meta: answer.meta });
    return { meta: answer.meta, data: page.data.map(describeHolding), next: page.next };
  }
}
