import { Body, Controller, Get, HttpCode, Post, Query, UseGuards } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { CLAIM_TYPES, eventSource, identifier } from '#libs/events';
import { z } from 'zod';
import { answerOf, ledgerMeta } from '../http/answer.ts';
import type { Answer, LedgerMeta } from '../http/answer.ts';
import { NoParameters } from '../http/no-parameters.guard.ts';
import { alone, identity, together } from '../http/parameters.ts';
import { Problem } from '../http/problem.ts';
import { LedgerHead } from '../ledger/ledger-head.ts';
import { acceptance, describeAcceptance, describeVerdict, verdict } from './acceptance.ts';
import type { Acceptance, Verdict } from './acceptance.ts';
import { fate, Fates } from './fate.ts';
import type { Fate } from './fate.ts';
import { Publisher } from './publisher.ts';
import { batchLimit, faultsOf, receive } from './received.ts';

const place = {
  topic: z
    .string()
    .regex(/^[a-zA-Z0-9._-]{1,249}$/, 'the name of a topic')
    .optional(),
  partition: z
    .string()
    .regex(/^\d{1,9}$/, 'a whole number from 0')
    .transform(Number)
    .optional(),
  offset: z
    .string()
    .regex(/^\d{1,18}$/, 'a whole number from 0')
    .optional()
    .meta({ description: 'Of the 202 that answered the publication.' }),
};

const question = z
  .strictObject({ ...identity, ...place })
  .check(together('source', 'id'))
  .check(together('topic', 'partition', 'offset'))
  .check(alone('topic', ['source', 'id'], 'either an identity or coordinates'));

const envelope = z.looseObject({
  specversion: z.literal('1.0'),
  source: eventSource,
  id: identifier,
  type: z.enum(CLAIM_TYPES),
  time: z.iso.datetime({ offset: true }).optional(),
  dataschema: z.string().optional().meta({ description: 'Ends in /<type>/v<N>; absent: v1.' }),
  data: z.looseObject({}).meta({ description: 'As the type has it; see docs/errors.md.' }),
});

/** CloudEvents' media types; plain JSON is read alike. */
const mediaTypes = [
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'application/json',
];
const eventBody = {
  description: 'A CloudEvents JSON envelope, or an array of up to 1,000 of them.',
  standardSchema: z.union([envelope, z.array(envelope).max(batchLimit)]),
};

@ApiTags('events')
@Controller('v1/events')
export class EventsController {
  readonly #publisher: Publisher;
  readonly #fates: Fates;
  readonly #head: LedgerHead;

  constructor(publisher: Publisher, fates: Fates, head: LedgerHead) {
    this.#publisher = publisher;
    this.#fates = fates;
    this.#head = head;
  }

  /** All or none: one faulty event and nothing of the batch is published. */
  @Post()
  @HttpCode(202)
  @UseGuards(NoParameters)
  @ApiOperation({ summary: 'Publish one event or a batch' })
  @ApiConsumes(...mediaTypes)
  @ApiBody(eventBody)
  @ApiResponse({ status: 202, standardSchema: acceptance })
  async publish(@Body() body: unknown): Promise<Acceptance> {
    const received = receive(body);
    const faults = faultsOf(received);
    if (faults.length > 0) {
      throw new Problem('invalid-event', 'Nothing was published.', { faults });
    }
    return describeAcceptance(received, await this.#publisher.publish(received.events));
  }

  @Post('validate')
  @HttpCode(200)
  @UseGuards(NoParameters)
  @ApiOperation({ summary: 'What would become of events: a dry run that tells all faults' })
  @ApiConsumes(...mediaTypes)
  @ApiBody(eventBody)
  @ApiOkResponse({ standardSchema: verdict })
  validate(@Body() body: unknown): Verdict {
    return describeVerdict(receive(body));
  }

  @Get()
  @ApiOperation({ summary: 'What became of an event, by identity or by Kafka coordinates' })
  @ApiOkResponse({ standardSchema: answerOf(ledgerMeta, z.array(fate)) })
  async read(
    @Query({ schema: question }) asked: z.output<typeof question>,
  ): Promise<Answer<LedgerMeta, readonly Fate[]>> {
    // The head first: whatever it counts, the fates already show.
    const meta = await this.#head.meta();
    return { meta, data: await this.#fatesOf(asked) };
  }

  async #fatesOf(asked: z.output<typeof question>): Promise<Fate[]> {
    const { source, id, topic, partition, offset } = asked;
    if (source !== undefined && id !== undefined) return this.#fates.of({ source, id });
    if (topic !== undefined && partition !== undefined && offset !== undefined) {
      return [await this.#fates.at({ topic, partition, offset })];
    }
    throw new Problem('invalid-parameter', 'Ask by source and id, or by topic, partition, offset.');
  }
}
