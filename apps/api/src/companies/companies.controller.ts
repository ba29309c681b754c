import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { partyId } from '#libs/events';
import { z } from 'zod';
import { answerOf, meta, pageOf } from '../http/answer.ts';
import type { Answer, Meta, Page } from '../http/answer.ts';
import { pageOfRows, sortParameter, startOf } from '../http/listing.ts';
import { pageParameters } from '../http/page.ts';
import { shortText, textList } from '../http/parameters.ts';
import { Questions } from '../http/questions.ts';
import { listQuery, viewQuery } from '../http/time-axes.ts';
import type { TimeAxes } from '../http/time-axes.ts';
import { companyDetail, companyRow, describeCompany, describeDetail } from './companies.ts';
import type { CompanyDetail, CompanyRow } from './companies.ts';
import { requireCompany } from './require-company.ts';
import { companiesView, companyView } from './views.ts';

const foundedOn = z
  .string()
  .regex(/^(?!0000)\d{4}(-\d{2}(-\d{2})?)?$/, 'a date YYYY, YYYY-MM or YYYY-MM-DD')
  .optional();

const listing = listQuery({
  country: shortText.optional(),
  country__in: textList.optional().meta({ description: 'Countries, separated by commas.' }),
  sectors: shortText.optional().meta({ description: 'Companies of this sector.' }),
  roles: z
    .enum(['company', 'giant', 'fund', 'person'], {
      error: 'one of company, giant, fund, person',
    })
    .optional()
    .meta({ description: 'Companies that have this role too.' }),
  foundedOn__gte: foundedOn,
  foundedOn__lte: foundedOn,
  sort: sortParameter('company', 'name', 'country', 'foundedOn', 'postMoneyOn'),
  ...pageParameters,
});
type Listing = z.output<typeof listing>;

const view = viewQuery({});

@ApiTags('companies')
@Controller('v1/companies')
export class CompaniesController {
  readonly #questions: Questions;

  constructor(questions: Questions) {
    this.#questions = questions;
  }

  @Get()
  @ApiOperation({ summary: 'The companies something is known of' })
  @ApiOkResponse({ standardSchema: pageOf(meta, companyRow) })
  async list(@Query({ schema: listing }) query: Listing): Promise<Page<Meta, CompanyRow>> {
    const { at, version, skip } = startOf(query);
    const { limit, sort = 'company' } = query;
    const answer = await this.#questions.ask(companiesView(sort), {
      parameters: { ...filtersOf(query), limit, skip },
      at,
      version,
    });
    const page = pageOfRows(answer.parts.companies, { limit, skip, meta: answer.meta });
    return { meta: answer.meta, data: page.data.map(describeCompany), next: page.next };
  }

  @Get(':company')
  @ApiOperation({ summary: 'One company' })
  @ApiOkResponse({ standardSchema: answerOf(meta, companyDetail) })
  async read(
    @Param('company', { schema: partyId }) company: string,
    @Query({ schema: view }) at: TimeAxes,
  ): Promise<Answer<Meta, CompanyDetail>> {
    const { meta: point, parts } = await this.#questions.ask(companyView, {
      parameters: { company },
      at,
    });
    requireCompany(company, parts.state);
    const [total] = parts.standing;
    return { meta: point, data: describeDetail(parts.state.readAs, parts.company, total) };
  }
}

function filtersOf(query: Listing): Record<string, unknown> {
  return {
    country: query.country,
    countries: query.country__in,
    sector: query.sectors,
    role: query.roles,
    foundedFrom: query.foundedOn__gte,
    foundedTo: query.foundedOn__lte,
  };
}
