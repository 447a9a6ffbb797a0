import type { Provider } from '@nestjs/common';
import { CustomersService } from './customers.service';

export const customersProviders: Provider[] = [CustomersService];
