import { setFlagsFromString } from 'node:v8';
import { createMessaging, PeykTransport } from '@peyk/messaging';
import { createLogger, startService } from '@peyk/platform';
import { readConfig } from './config';
import { targetingModule } from './targeting.module';

// A file of a million rows leaves much garbage and little that lives. On a machine with much memory V8 would let the heap
// grow fourfold before it collects; a fifth costs some processor time and keeps the process below 200 MB.
setFlagsFromString('--heap-growing-percent=20');

async function main(): Promise<void> {
  const config = readConfig();
  const runtime = createMessaging({ service: 'campaign-targeting', ...config });
  await startService({
    name: 'campaign-targeting',
    module: targetingModule(config, runtime),
    config,
    microservice: { strategy: new PeykTransport(runtime, 'targeting') },
  });
}

main().catch((error: unknown) => {
  createLogger('campaign-targeting').fatal({ err: error }, 'could not start');
  process.exit(1);
});
