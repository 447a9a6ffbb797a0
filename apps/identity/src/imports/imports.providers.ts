import type { Provider, Type } from '@nestjs/common';
import { DirectoryImporter } from './directory-importer';
import { ImportFiles } from './import-files';
import { ImportRunner } from './import-runner';
import { ImportJob } from './import.job';
import { ImportsController } from './imports.controller';
import { ImportsService } from './imports.service';
import { PeopleImporter } from './people-importer';

export const importsControllers: Type[] = [ImportsController];

export const importsProviders: Provider[] = [
  DirectoryImporter,
  ImportFiles,
  ImportRunner,
  ImportJob,
  ImportsService,
  PeopleImporter,
];
