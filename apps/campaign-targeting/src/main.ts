import { setFlagsFromString } from 'node:v8';
import { runService } from '@peyk/messaging';
import { TargetingConfig } from './config';
import { targetingModule } from './targeting.module';

// A file of a million rows leaves much garbage and little that lives. On a machine with much memory V8 would let the heap
// grow fourfold before it collects; a fifth costs some processor time and keeps the process below 200 MB.
setFlagsFromString('--heap-growing-percent=20');

runService({
  name: 'campaign-targeting',
  serves: 'targeting',
  config: TargetingConfig,
  module: targetingModule,
});
