import { requireNode } from './lib/node-version.mjs';

requireNode();
import('./commands/start.mjs').then((command) => command.run());
