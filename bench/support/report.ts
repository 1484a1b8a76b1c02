import type { Measure, Run, Scenario } from '../scenarios/scenario.ts';
import { median } from './stats.ts';

interface Row {
  readonly scenario: Scenario;
  readonly measure: Measure;
  readonly bare: number;
  readonly dialog: number;
  /** Lowest and highest ratio of the repeats. */
  readonly spread: readonly [number, number];
}

interface ReportOptions {
  readonly scenarios: readonly Scenario[];
  readonly soFar: Run['soFar'];
  /** Where and how it was measured: lines above the table. */
  readonly preface: readonly string[];
}

/** The table, and a sentence for each bar that was missed. */
export function writeReport({ scenarios, soFar, preface }: ReportOptions): string {
  const rows = rowsOf(scenarios, soFar);
  const missed = rows.filter((row) => isMet(row) === false);
  return [
    ...preface,
    '',
    '| | baseline | Dialog | ratio (lowest to highest) | bar | |',
    '| --- | ---: | ---: | ---: | ---: | --- |',
    ...scenarios.flatMap((scenario) => section(scenario, rows)),
    '',
    MISSED,
    '',
    ...(missed.length === 0 ? ['None.'] : missed.map(missedLine)),
    '',
  ].join('\n');
}

const MISSED = '## Bars missed';

/**
 * The report with these scenarios measured anew, and all else as it stands: their rows take the place of their own earlier
 * ones, in whichever table those are, or come last in the first table. `when` stands beside each.
 */
export function updateReport(
  report: string,
  { scenarios, soFar, when }: Omit<ReportOptions, 'preface'> & { readonly when: string },
): string {
  let lines = report.split('\n');
  for (const scenario of scenarios) {
    const rows = rowsOf([scenario], soFar);
    if (rows.length === 0) continue;
    const [head = '', ...measured] = section(scenario, rows);
    lines = replaceSection(lines, scenario, [head.replace('** |', `** (${when}) |`), ...measured]);
    lines = replaceMissed(lines, scenario, rows.filter((row) => isMet(row) === false).map(missedLine));
  }
  return lines.join('\n');
}

function replaceSection(lines: readonly string[], { words }: Scenario, block: readonly string[]): string[] {
  const isRow = (text: string | undefined): boolean => text?.startsWith('|') === true;
  const isEnd = (text: string | undefined): boolean => !isRow(text) || text?.startsWith('| **') === true;
  const known = lines.findIndex((text) => text.startsWith(`| **${words}**`));
  // Not yet there: after the last row of the first table.
  const from = known >= 0 ? known : lines.findIndex((text, at) => isRow(text) && !isRow(lines[at + 1])) + 1;
  let to = known >= 0 ? from + 1 : from;
  while (known >= 0 && !isEnd(lines[to])) to += 1;
  return [...lines.slice(0, from), ...block, ...lines.slice(to)];
}

function replaceMissed(lines: readonly string[], { words }: Scenario, missed: readonly string[]): string[] {
  const at = lines.indexOf(MISSED) + 1;
  const rest = lines.slice(at).filter((text) => !text.startsWith(`- ${words}: `));
  // A blank line stands between the heading and what follows.
  const [blank = '', ...others] = rest;
  const kept = missed.length > 0 ? others.filter((text) => text !== 'None.') : others;
  return [...lines.slice(0, at), blank, ...missed, ...kept];
}

function rowsOf(scenarios: readonly Scenario[], soFar: Run['soFar']): Row[] {
  return scenarios.flatMap((scenario) => scenario.measures.flatMap((measure) => rowOf(scenario, measure, soFar) ?? []));
}

function section(scenario: Scenario, rows: readonly Row[]): string[] {
  const own = rows.filter((row) => row.scenario === scenario);
  return own.length === 0 ? [] : [`| **${scenario.words}** | | | | | |`, ...own.map(line)];
}

function rowOf(scenario: Scenario, measure: Measure, soFar: Run['soFar']): Row | undefined {
  const values = soFar.get(`${scenario.name}.${measure.name}`);
  if (values === undefined) return undefined;
  const bare = values.bare ?? [];
  const dialog = values.dialog ?? [];
  const ratios = dialog.map((value, index) => value / (bare[index] ?? Number.NaN)).filter(Number.isFinite);
  return {
    scenario,
    measure,
    bare: median(bare),
    dialog: median(dialog),
    spread: [Math.min(...ratios), Math.max(...ratios)],
  };
}

function line(row: Row): string {
  const { measure, bare, dialog } = row;
  const met = isMet(row);
  const verdict = met === undefined ? '' : met ? 'met' : '**missed**';
  const cells = [
    `${measure.words} (${measure.unit})`,
    figure(bare),
    figure(dialog),
    ratioText(row),
    barText(measure),
    verdict,
  ];
  return `| ${cells.join(' | ')} |`;
}

function ratioText({ bare, dialog, spread: [lowest, highest] }: Row): string {
  // Of nothing there is no multiple.
  if (Number.isNaN(bare) || bare === 0) return '';
  return `${(dialog / bare).toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)})`;
}

function judged({ measure, bare, dialog }: Row): number {
  return measure.absolute ? dialog : dialog / bare;
}

function isMet(row: Row): boolean | undefined {
  const { bar } = row.measure;
  if (bar === undefined || Number.isNaN(judged(row))) return undefined;
  return 'atMost' in bar ? judged(row) <= bar.atMost : judged(row) >= bar.atLeast;
}

function barText({ bar, absolute, unit }: Measure): string {
  if (bar === undefined) return '';
  const suffix = absolute ? ` ${unit}` : ' ×';
  return 'atMost' in bar ? `≤ ${bar.atMost}${suffix}` : `≥ ${bar.atLeast}${suffix}`;
}

function missedLine(row: Row): string {
  const value = row.measure.absolute
    ? `${figure(row.dialog)} ${row.measure.unit}`
    : `${judged(row).toFixed(2)} × the baseline`;
  return `- ${row.scenario.words}: ${row.measure.words} is ${value}; the bar is ${barText(row.measure)}.`;
}

function figure(value: number): string {
  if (Number.isNaN(value)) return '';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(value >= 10 ? 1 : 2);
}
