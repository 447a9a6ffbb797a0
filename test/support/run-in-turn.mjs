// Commands of several programs in one process, one after the other: what they load is most of what they cost. Given as
// JSON: [[file, environment], ...]. Ends with the first that fails; one that ends its process by itself has to be the last.
import Module from 'node:module';

const commands = JSON.parse(process.argv[2] ?? '[]');

function next() {
  const command = process.exitCode ? undefined : commands.shift();
  if (!command) return;
  const [file, environment] = command;
  Object.assign(process.env, environment);
  // As the main module, which some of them ask for.
  Module._load(file, null, true);
}

process.on('beforeExit', next);
next();
