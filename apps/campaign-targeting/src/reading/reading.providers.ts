import type { Provider } from '@nestjs/common';
import { ListReader } from './list.reader';
import { ReadingQueue } from './reading.queue';

export const readingProviders: Provider[] = [ListReader, ReadingQueue];
