import { Body, Controller, Get, HttpCode, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { NoParameters } from '../http/no-parameters.guard.ts';
import { alone, identity, together } from '../http/parameters.ts';
import { Problem } from '../http/problem.ts';
import { acceptance, describeAcceptance, describeVerdict, verdict } from './acceptance.ts';
import type { Acceptance, Verdict } from './acceptance.ts';
import { fate, Fates } from './fate.ts';
import type { Fate } from './fate.ts';
import { Publisher } from './publisher.ts';
import { faultsOf, receive } from './received.ts';

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

/** CloudEvents' media types; plain JSON is read alike. */
const eventBody = {
  description: 'A CloudEvents JSON envelope, or an array of them.',
  content: {
    'application/cloudevents+json': { schema: { type: 'object' } },
    'application/cloudevents-batch+json': {
      schema: { type: 'array', items: { type: 'object' }, maxItems: 1_000 },
    },
  },
} as const;

@ApiTags('events')
@Controller('v1/events')
export class EventsController {
  readonly #publisher: Publisher;
  readonly #fates: Fates;

  constructor(publisher: Publisher, fates: Fates) {
    this.#publisher = publisher;
    this.#fates = fates;
  }

  /** All or none: one faulty event and nothing of the batch is published. */
  @Post()
  @HttpCode(202)
  @UseGuards(NoParameters)
  @ApiOperation({ summary: 'Publish one event or a batch' })
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
  @ApiBody(eventBody)
  @ApiOkResponse({ standardSchema: verdict })
  validate(@Body() body: unknown): Verdict {
    return describeVerdict(receive(body));
  }

  @Get()
  @ApiOperation({ summary: 'What became of an event, by identity or by Kafka coordinates' })
  @ApiOkResponse({ standardSchema: z.object({ data: z.array(fate) }) })
  async read(
    @Query({ schema: question }) asked: z.output<typeof question>,
  ): Promise<{ data: readonly Fate[] }> {
    const { source, id, topic, partition, offset } = asked;
    if (source !== undefined && id !== undefined) {
      return { data: await this.#fates.of({ source, id }) };
    }
    if (topic !== undefined && partition !== undefined && offset !== undefined) {
      return { data: [await this.#fates.at({ topic, partition, offset })] };
    }
    throw new Problem('invalid-parameter', 'Ask by source and id, or by topic, partition, offset.');
  }
}
