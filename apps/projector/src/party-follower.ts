import type { PartyId } from '#libs/events';
import { believe, CompanyFolding } from '#libs/fold';
import type { Day, DayChange, Entry, Link, TimelineDay } from '#libs/fold';
import { compareSteps, projectDescription, projectTimeline } from '#libs/read-models';
import type { Step, StepChange } from '#libs/read-models';
import type { Follower } from './follower.ts';

/** A party: its timeline as a company, what is said of it, and the id it is read under. */
export class PartyFollower implements Follower {
  readonly #party: PartyId;
  readonly #folding: CompanyFolding;
  readonly #days = new Map<Day, TimelineDay>();
  /** Descriptions, and what may remove one. */
  readonly #said: Entry[] = [];
  #isSaidAnew = false;
  #description: readonly Step[] = [];

  constructor(party: PartyId) {
    this.#party = party;
    this.#folding = new CompanyFolding(party);
  }

  add(entries: readonly Entry[]): readonly Link[] {
    const said = entries.filter(isDescriptive);
    if (said.length > 0) {
      this.#said.push(...said);
      this.#isSaidAnew = true;
    }
    return this.#folding.add(entries);
  }

  settle(): StepChange {
    const changes = this.#folding.settle().map((change) => this.#restate(change));
    if (this.#isSaidAnew) changes.push(this.#describe());
    return {
      closed: changes.flatMap(({ closed }) => closed),
      opened: changes.flatMap(({ opened }) => opened),
    };
  }

  believed(): Step[] {
    return [...this.#stepsOf([...this.#days.values()]), ...this.#description];
  }

  #restate({ day, before, after }: DayChange): StepChange {
    if (after === null) this.#days.delete(day);
    else this.#days.set(day, after);
    return compareSteps(
      this.#stepsOf(before === null ? [] : [before]),
      this.#stepsOf(after === null ? [] : [after]),
    );
  }

  #describe(): StepChange {
    this.#isSaidAnew = false;
    const before = this.#description;
    this.#description = projectDescription(believe(this.#said), this.#party);
    return compareSteps(before, this.#description);
  }

  #stepsOf(days: readonly TimelineDay[]): Step[] {
    return projectTimeline({ company: this.#party, days });
  }
}

function isDescriptive({ claim }: Entry): boolean {
  return (
    claim.type === 'party-described' ||
    claim.type === 'entry-retracted' ||
    claim.data.supersedes !== undefined
  );
}
