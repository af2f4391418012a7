// The person's choice in the account menu: usage is counted, or it is not. The browser's own signals go before it.
import { useState } from 'react';
import { MenuCheck, MenuLabel } from '../ui/menu.tsx';
import { analyticsAllowed, browserForbids, setAnalyticsConsent } from './client.ts';

export function AnalyticsConsent() {
  const [allowed, setAllowed] = useState(analyticsAllowed);
  if (browserForbids()) return <MenuLabel>Usage is not counted: your browser asks for it.</MenuLabel>;
  return (
    <MenuCheck
      checked={allowed}
      onChange={(on) => {
        setAnalyticsConsent(on);
        setAllowed(on);
      }}
    >
      Count my usage
    </MenuCheck>
  );
}
