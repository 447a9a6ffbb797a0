import { requireNode } from './lib/node-version.mjs';

requireNode();
import('./commands/install.mjs').then((command) => command.run());
