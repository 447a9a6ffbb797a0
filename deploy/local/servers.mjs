import { requireNode } from './lib/node-version.mjs';

requireNode();
import('./commands/servers.mjs').then((command) => command.run(process.argv.slice(2)));
