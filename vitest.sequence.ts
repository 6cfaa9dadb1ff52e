/** The order of test files: on two workers the long ones must not come last, with one worker idle beside them. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Longest first, by the seconds that they took on two cores. */
const long = ['gallery/', 'journeys/', 'torture', 'postgres/supervisor', 'widget.browser']

const rank = ({ moduleId }: TestSpecification): number => {
  const index = long.findIndex((part) => moduleId.includes(part))
  return index < 0 ? long.length : index
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.sort((a, b) => rank(a) - rank(b))
  }
}
