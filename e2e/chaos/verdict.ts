import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { type ApiCaller, callApi } from '../support/api.ts';
import type { Device, Posted } from './device.ts';
import type { ChatView } from './view.ts';

/** How many of each; all 0 or the run has failed. */
export interface Verdict {
  readonly lost: number;
  readonly double: number;
  readonly unexpected: number;
  readonly outOfOrder: number;
  /** The first few, to look into. */
  readonly examples: readonly string[];
}

/** A list of texts held against what was acknowledged: the database's, or what one device shows. */
export interface Witness {
  readonly name: string;
  readonly texts: readonly Pick<Message, 'id' | 'content' | 'position'>[];
  readonly misplaced: number;
}

const EXAMPLES_KEPT = 10;

/** The chat as the server reads it back from the database, from its first message on. */
async function historyOf(caller: ApiCaller, chatId: ChatId): Promise<Witness> {
  const { history } = await callApi(caller, 'openChat', { params: { chatId } });
  const pages: Message[][] = [history.messages];
  let { from, hasOlder } = history;
  while (hasOlder) {
    const page = await callApi(caller, 'listHistory', { params: { chatId }, query: { before: `${from}` } });
    pages.push(page.messages);
    ({ from, hasOlder } = page);
  }
  return {
    name: `database, chat ${chatId}`,
    texts: pages
      .toReversed()
      .flat()
      .filter(({ content }) => content.kind !== 'system'),
    misplaced: 0,
  };
}

function viewOf(device: Device, view: ChatView): Witness {
  return {
    name: `device of ${device.person.userId}, chat ${view.chatId}`,
    texts: view.texts(),
    misplaced: view.misplaced(),
  };
}

/** Holds the database and every device's view of every chat against what was acknowledged. */
export async function judge(url: string, devices: readonly Device[]): Promise<Verdict> {
  const verdicts: Verdict[] = [];
  const chatIds = new Set(devices.flatMap((device) => device.views().map(({ chatId }) => chatId)));
  for (const chatId of chatIds) {
    const members = devices.filter((device) => device.views().some((view) => view.chatId === chatId));
    const [first] = members;
    if (!first) continue;
    const posted = members.flatMap((device) => device.posted.filter((each) => each.chatId === chatId));
    const witnesses = [
      await historyOf({ url, token: first.person.token }, chatId),
      ...members.flatMap((device) =>
        device
          .views()
          .filter((view) => view.chatId === chatId)
          .map((view) => viewOf(device, view)),
      ),
    ];
    verdicts.push(...witnesses.map((witness) => compare(witness, posted)));
  }
  return verdicts.reduce(add);
}

function add(one: Verdict, other: Verdict): Verdict {
  return {
    lost: one.lost + other.lost,
    double: one.double + other.double,
    unexpected: one.unexpected + other.unexpected,
    outOfOrder: one.outOfOrder + other.outOfOrder,
    examples: [...one.examples, ...other.examples].slice(0, EXAMPLES_KEPT),
  };
}

/** One witness against what was acknowledged. */
export function compare(witness: Witness, posted: readonly Posted[]): Verdict {
  const examples: string[] = [];
  const expected = new Map<string, Posted>(posted.map((each) => [each.id, each]));
  const seen = new Set<string>();
  const shown = new Set<string>();
  let double = 0;
  let unexpected = 0;
  for (const message of witness.texts) {
    const text = message.content.kind === 'text' ? message.content.text : 'unreadable';
    const original = expected.get(message.id);
    if (original?.text !== text || original.position !== message.position) {
      unexpected += 1;
      examples.push(`unexpected in ${witness.name}: "${text}" at ${message.position}`);
    }
    if (seen.has(message.id) || shown.has(text)) {
      double += 1;
      examples.push(`double in ${witness.name}: "${text}"`);
    }
    seen.add(message.id);
    shown.add(text);
  }
  const lost = posted.filter(({ id }) => !seen.has(id));
  examples.push(...lost.map(({ text, position }) => `lost in ${witness.name}: "${text}", acknowledged at ${position}`));
  return {
    lost: lost.length,
    double,
    unexpected,
    outOfOrder: witness.misplaced + disorder(witness),
    examples: examples.slice(0, EXAMPLES_KEPT),
  };
}

/** Positions that do not rise, and messages of one sender whose numbers do not. */
function disorder({ texts }: Witness): number {
  let count = 0;
  let lastPosition = 0;
  const lastNumbers = new Map<string, number>();
  for (const { content, position } of texts) {
    const [sender = '', number = ''] = content.kind === 'text' ? content.text.split(' ') : [];
    const isLate = position <= lastPosition || Number(number) <= (lastNumbers.get(sender) ?? 0);
    if (isLate) count += 1;
    lastPosition = position;
    lastNumbers.set(sender, Number(number));
  }
  return count;
}
