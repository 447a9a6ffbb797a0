import { requireNode } from './lib/node-version.mjs';

requireNode();
import('./commands/command.mjs').then((command) => command.run(process.argv.slice(2)));
