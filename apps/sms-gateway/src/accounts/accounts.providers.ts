import { AccountsConsumer } from './accounts.consumer';

export const accountsControllers = [AccountsConsumer];
