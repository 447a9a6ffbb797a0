import { Alert, Flex, Skeleton, Typography } from 'antd';
import type { Schemas } from '../../../api/client';
import { Fact } from '../../../ui/fact';
import { fill, number, toman } from '../../../ui/format';
import { FormError } from '../../../ui/form-error';
import { LinkButton } from '../../../ui/link-button';
import { languageTitles, operatorTitles } from '../../../ui/terms';
import fa from '../fa.json';

type Quote = Schemas['QuoteDto'];

interface Props {
  readonly quote: Quote | undefined;
  readonly error: unknown;
  /** An older price is shown while a newer one is asked for. */
  readonly pending: boolean;
  /** Something that a price needs is not filled in yet. */
  readonly incomplete: boolean;
}

/** What the send costs by operator, beside the credit (SMS-008, SMS-213). */
export function PricePanel({ quote, error, pending, incomplete }: Props) {
  if (incomplete) return <Typography.Text type="secondary">{fa.priceLater}</Typography.Text>;
  if (error) return <FormError error={error} />;
  if (!quote) return <Skeleton active title={false} paragraph={{ rows: 4 }} />;
  const { recipients, parts, language, rows, totalRials, availableRials, enough } = quote;
  return (
    <Flex vertical gap="small" style={{ opacity: pending ? 0.6 : 1 }} aria-busy={pending}>
      <dl className="card-facts">
        <Fact name={fa.recipients} value={number(recipients)} />
        <Fact name={fa.partsEach} value={`${number(parts)} (${languageTitles[language]})`} />
        {rows.map(({ operator, recipients: count, rialsPerPart, totalRials: total }) => (
          <Fact
            key={operator}
            name={fill(fa.priceOf, {
              operator: operatorTitles[operator],
              count,
              parts,
              price: toman(rialsPerPart),
            })}
            value={toman(total)}
          />
        ))}
        <Fact name={fa.total} value={<b>{toman(totalRials)}</b>} />
        <Fact name={fa.credit} value={toman(availableRials)} />
      </dl>
      {!enough && (
        <Alert
          type="warning"
          showIcon
          title={fill(fa.creditMissing, { amount: toman(totalRials - availableRials) })}
          action={<LinkButton to="/wallet">{fa.topUp}</LinkButton>}
        />
      )}
    </Flex>
  );
}
