import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { partyId } from '#libs/events';
import { z } from 'zod';
import { answerOf, ledgerMeta, pageOf } from '../http/answer.ts';
import type { Answer, LedgerMeta, Page } from '../http/answer.ts';
import { NoParameters } from '../http/no-parameters.guard.ts';
import { pageParameters } from '../http/page.ts';
import { alone, identity, position, together } from '../http/parameters.ts';
import { Entries } from './entries.ts';
import { ledgerEntry } from './entry.ts';
import type { LedgerEntry } from './entry.ts';

const selection = z
  .strictObject({
    from: position.optional().meta({ description: 'The first position to list.' }),
    to: position.optional().meta({ description: 'The last position to list.' }),
    company: partyId.optional().meta({ description: 'Only what is said about this company.' }),
    ...identity,
    ...pageParameters,
  })
  .check(together('source', 'id'))
  .check(alone('source', ['from', 'to', 'company', 'cursor'], 'source and id name one entry'))
  .check(alone('cursor', ['from', 'to'], 'the cursor holds the range'));

@ApiTags('ledger')
@Controller('v1/ledger/entries')
export class EntriesController {
  readonly #entries: Entries;

  constructor(entries: Entries) {
    this.#entries = entries;
  }

  @Get()
  @ApiOperation({ summary: 'What was recorded: by positions, by company, or by identity' })
  @ApiOkResponse({ standardSchema: pageOf(ledgerMeta, ledgerEntry) })
  list(
    @Query({ schema: selection }) query: z.output<typeof selection>,
  ): Promise<Page<LedgerMeta, LedgerEntry>> {
    const { source, id, ...range } = query;
    if (source !== undefined && id !== undefined) return this.#entries.named({ source, id });
    return this.#entries.list(range);
  }

  @Get(':position')
  @UseGuards(NoParameters)
  @ApiOperation({ summary: 'One entry' })
  @ApiOkResponse({ standardSchema: answerOf(ledgerMeta, ledgerEntry) })
  read(
    @Param('position', { schema: position }) at: number,
  ): Promise<Answer<LedgerMeta, LedgerEntry>> {
    return this.#entries.at(at);
  }
}
