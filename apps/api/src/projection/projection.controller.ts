import { Controller, Get, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { answerOf, ledgerMeta } from '../http/answer.ts';
import type { Answer, LedgerMeta } from '../http/answer.ts';
import { NoParameters } from '../http/no-parameters.guard.ts';
import { projection, ProjectionStatus } from './projection.ts';
import type { Projection } from './projection.ts';

@ApiTags('operate')
@Controller('v1/projection')
export class ProjectionController {
  readonly #status: ProjectionStatus;

  constructor(status: ProjectionStatus) {
    this.#status = status;
  }

  @Get()
  @UseGuards(NoParameters)
  @ApiOperation({ summary: 'How far the read models are behind the ledger' })
  @ApiOkResponse({ standardSchema: answerOf(ledgerMeta, projection) })
  read(): Promise<Answer<LedgerMeta, Projection>> {
    return this.#status.read();
  }
}
