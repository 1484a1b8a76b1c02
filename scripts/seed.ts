import { parseArgs } from 'node:util';
import { tellMany } from './seed/tellMany.ts';
import { tellStory } from './seed/story.ts';

/** `npm run seed`: the story, told to a running server. `npm run seed -- --messages 1000000`: many messages, into its tables. */
const { values: given } = parseArgs({ options: { messages: { type: 'string' } } });

if (given.messages === undefined) {
  const password = await tellStory();
  process.stdout.write(`alice, bob and carol can sign in with the password ${password}\n`);
} else {
  await tellMany(Number(given.messages));
}
