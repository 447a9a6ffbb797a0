import { requireNode } from './lib/node-version.mjs';

requireNode();
import('./commands/test.mjs').then((command) => command.run(process.argv.slice(2)));
