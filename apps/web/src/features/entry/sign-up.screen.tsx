import { Alert, Button, Card, Flex, Form, Grid, Steps, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Navigate } from 'react-router';
import { useSessionState } from '../../api/use-session';
import { fill, mobile, number } from '../../ui/format';
import { FormError } from '../../ui/form-error';
import { LinkButton } from '../../ui/link-button';
import { StepNumber } from '../../ui/step-number';
import { CodeEntry } from './code-entry';
import { MobileStep } from './mobile-step';
import { Narrow } from './narrow';
import { PersonPassword, PersonStep } from './person-step';
import { PlanStep } from './plan-step';
import { Remember } from './remember';
import { lastStep, personStep } from './sign-up-steps';
import { useSignUp } from './use-sign-up';
import { useThrottle } from './use-throttle';
import { WaitButton } from './wait-button';
import fa from './fa.json';

const titles = [fa.stepPlan, fa.stepPerson, fa.stepMobile, fa.stepCode];

/** «در کمتر از ۱ دقیقه ارسال پیامک را شروع کنید» (IDN-031..033, IDN-215, IDN-217). */
export function SignUpScreen() {
  const wide = Grid.useBreakpoint().sm ?? true;
  const { step, wasLost, passwordAt, asked, initial, form, next, back, askCode, props, busy, refusal } =
    useSignUp();
  const wait = useThrottle(refusal);
  if (useSessionState().kind === 'signedIn') return <Navigate to="/home" replace />;
  const steps: readonly ReactNode[] = [
    <PlanStep key="plan" />,
    <PersonStep key="person" withPassword={passwordAt === personStep} />,
    <MobileStep key="mobile" />,
    asked && (
      <div key="code">
        <CodeEntry
          key={asked.requestId}
          asked={asked}
          about={fill(fa.signUpCodeSent, { mobile: mobile(String(form.getFieldValue('mobile'))) })}
          again={() => void askCode()}
          asking={busy}
        />
        <Remember />
      </div>
    ),
  ];
  return (
    <Narrow title={fa.signUpTitle} width={640}>
      <Typography.Text type="secondary" style={{ textAlign: 'center' }}>
        {fa.signUpAbout}
      </Typography.Text>
      {wide ? (
        <Steps
          size="small"
          current={step}
          items={titles.map((title, index) => ({
            title,
            icon: <StepNumber at={index} done={index < step} current={index === step} />,
          }))}
        />
      ) : (
        <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
          {fill(fa.stepOf, {
            step: number(step + 1),
            all: number(titles.length),
            title: titles[step] ?? '',
          })}
        </Typography.Title>
      )}
      <Card>
        <Form {...props} component={false} initialValues={initial}>
          <form
            noValidate
            aria-label={titles[step]}
            onSubmit={(event) => {
              event.preventDefault();
              void next();
            }}
          >
            {wasLost && (
              <Alert type="info" showIcon title={fa.stepLost} role="status" style={{ marginBlockEnd: 16 }} />
            )}
            <FormError error={refusal} />
            {passwordAt > personStep && (
              <>
                <Alert type="info" showIcon title={fa.passwordForgotten} style={{ marginBlockEnd: 16 }} />
                <PersonPassword />
              </>
            )}
            {/* All that was typed stays, also while another step is shown. */}
            {steps.map((content, index) => (
              <div key={titles[index]} hidden={index !== step}>
                {content}
              </div>
            ))}
            <Flex vertical gap="small">
              <WaitButton wait={step < personStep ? 0 : wait} loading={busy}>
                {step === lastStep ? fa.finish : step === lastStep - 1 ? fa.askCode : fa.next}
              </WaitButton>
              {step > 0 && (
                <Button type="text" onClick={back}>
                  {fa.back}
                </Button>
              )}
            </Flex>
          </form>
        </Form>
      </Card>
      <Flex justify="center" align="center">
        {fa.haveAccount}
        <LinkButton type="link" to="/sign-in">
          {fa.signIn}
        </LinkButton>
      </Flex>
    </Narrow>
  );
}

/** In Persian digits, which antd's own are not. */
