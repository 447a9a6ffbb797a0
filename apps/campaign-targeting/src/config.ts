import { maxTypedNumbers, uploadChunkBytes } from '@peyk/contracts';
import { DatabaseServiceConfig, EnvInt } from '@peyk/platform';

/** What campaign-targeting reads from its environment. */
export class TargetingConfig extends DatabaseServiceConfig {
  @EnvInt({
    key: 'FILE_BYTES_MAX',
    description: 'Largest recipient file',
    unit: 'bytes',
    default: 100 * 1024 * 1024,
    min: uploadChunkBytes,
    max: 1024 * 1024 * 1024,
  })
  readonly fileBytesMax!: number;

  @EnvInt({
    key: 'FILE_ROWS_MAX',
    description: 'Most rows of a recipient file; reading takes up to 48 bytes of memory a row',
    unit: 'rows',
    default: 2_000_000,
    min: 1,
    max: 10_000_000,
  })
  readonly fileRowsMax!: number;

  @EnvInt({
    key: 'LISTS_MADE_KEEP_DAYS',
    description:
      'How long numbers typed for a send and combined lists are kept; longer where a send that has not ended needs them',
    unit: 'days',
    default: 400,
    min: 31,
    max: 3_650,
  })
  readonly madeListsKeepDays!: number;

  @EnvInt({
    key: 'FILE_READINGS_MAX',
    description: 'Recipient files that one replica reads at the same time; each takes its own memory',
    default: 1,
    min: 1,
    max: 4,
  })
  readonly fileReadingsMax!: number;

  @EnvInt({
    key: 'TYPED_NUMBERS_MAX',
    description: 'Most typed numbers of a send (TGT-002)',
    default: maxTypedNumbers,
    min: 1,
    max: maxTypedNumbers,
  })
  readonly typedNumbersMax!: number;
}
