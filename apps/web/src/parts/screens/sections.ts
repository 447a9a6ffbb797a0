import fa from './fa.json';

interface SectionPlan {
  readonly key: string;
  readonly title: string;
  /** Its pages stand under these, where a person has pages of more than one. */
  readonly groups: readonly { readonly key: string; readonly title: string }[];
}

/**
 * Sections of the horizontal bar, one a product, in this order, and the groups of pages in each (WEB-025, WEB-026,
 * WEB-031). A page names its group, so that a new product adds one row here.
 */
export const sections = [
  { key: 'home', title: fa.sectionHome, groups: [{ key: 'home', title: fa.sectionHome }] },
  {
    key: 'sms',
    title: fa.sectionSms,
    groups: [
      { key: 'sending', title: fa.groupSending },
      { key: 'receiving', title: fa.groupReceiving },
      { key: 'operators', title: fa.groupOperators },
    ],
  },
  {
    key: 'money',
    title: fa.sectionMoney,
    groups: [
      { key: 'wallet', title: fa.groupWallet },
      { key: 'wallets', title: fa.groupWallets },
      { key: 'prices', title: fa.groupPrices },
    ],
  },
  {
    key: 'reseller',
    title: fa.sectionReseller,
    groups: [{ key: 'reseller', title: fa.sectionReseller }],
  },
  {
    key: 'management',
    title: fa.sectionManagement,
    groups: [
      { key: 'people', title: fa.groupPeople },
      { key: 'system', title: fa.groupSystem },
    ],
  },
  { key: 'account', title: fa.sectionAccount, groups: [{ key: 'account', title: fa.sectionAccount }] },
] as const satisfies readonly SectionPlan[];

export type SectionKey = (typeof sections)[number]['key'];
export type GroupKey = (typeof sections)[number]['groups'][number]['key'];
