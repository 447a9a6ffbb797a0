import { Flex, Steps, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { LinkButton } from '../../ui/link-button';
import { StepNumber } from '../../ui/step-number';
import { useLines } from '../../parts/lines/use-lines';
import { useWallet } from '../../parts/wallet/balance';
import { SectionCard } from './section-card';
import fa from './fa.json';

interface Step {
  readonly done: boolean;
  readonly title: string;
  readonly about: string;
  readonly action: ReactNode;
}

/** What a customer who has sent nothing does first: a line, credit, a send. Figures would all be 0. */
export function FirstSteps() {
  const lines = useLines().data;
  const wallet = useWallet().data;
  if (!lines || !wallet) return null;
  const steps: readonly Step[] = [
    {
      done: lines.length > 0,
      title: fa.stepLine,
      about: lines.length > 0 ? fa.stepLineDone : fa.stepLineAbout,
      action: lines.length > 0 && <Link to="/lines">{fa.stepLineLook}</Link>,
    },
    {
      done: wallet.availableRials > 0,
      title: fa.stepCredit,
      about: fa.stepCreditAbout,
      action: (
        <Link to={wallet.availableRials > 0 ? '/wallet/tariffs' : '/wallet'}>
          {wallet.availableRials > 0 ? fa.stepTariffs : fa.toTopUp}
        </Link>
      ),
    },
    {
      done: false,
      title: fa.stepSend,
      about: fa.stepSendAbout,
      action: (
        <Flex gap="middle" wrap align="center">
          <LinkButton to="/sends/new" type="primary">
            {fa.firstSend}
          </LinkButton>
          <Link to="/api-keys">{fa.stepProgram}</Link>
        </Flex>
      ),
    },
  ];
  const next = steps.findIndex(({ done }) => !done);
  return (
    <SectionCard title={fa.firstSteps}>
      <Steps
        orientation="vertical"
        current={next}
        items={steps.map(({ done, title, about, action }, index) => ({
          title,
          status: done ? 'finish' : index === next ? 'process' : 'wait',
          icon: <StepNumber at={index} done={done} current={index === next} />,
          content: (
            <Flex vertical gap={4} align="flex-start" style={{ paddingBlockEnd: 12 }}>
              <Typography.Text type="secondary">{about}</Typography.Text>
              {action}
            </Flex>
          ),
        }))}
      />
    </SectionCard>
  );
}
