import { createCrowd, type Crowd, type CrowdOptions, type Load, type Sent } from './crowd.ts';

/** What the bench asks of a driver's process, one at a time. */
export type Order =
  | { readonly do: 'connect'; readonly options: CrowdOptions }
  | { readonly do: 'start'; readonly load: Load }
  | { readonly do: 'counters' }
  | { readonly do: 'forgetTimes' }
  | { readonly do: 'stop' }
  | { readonly do: 'settle'; readonly sentByChat: ReadonlyMap<string, Sent> }
  | { readonly do: 'returnTo'; readonly url: string };

let crowd: Crowd | undefined;

async function obey(order: Order): Promise<unknown> {
  if (order.do === 'connect') {
    crowd = createCrowd(order.options);
    return crowd.connect();
  }
  if (crowd === undefined) throw new Error('not connected');
  return obeyWith(crowd, order);
}

function obeyWith(connected: Crowd, order: Exclude<Order, { do: 'connect' }>): unknown {
  switch (order.do) {
    case 'start':
      connected.start(order.load);
      return undefined;
    case 'counters':
      return connected.counters();
    case 'forgetTimes':
      connected.forgetTimes();
      return undefined;
    case 'stop':
      return connected.stop();
    case 'settle':
      return connected.settle(order.sentByChat);
    case 'returnTo':
      return connected.returnTo(order.url);
    default:
      throw new Error('unknown order');
  }
}

process.on('message', ({ id, order }: { id: number; order: Order }) => {
  obey(order).then(
    (answer) => process.send?.({ id, answer }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
