// Links inside text and links that look like buttons.
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { type ButtonSize, type ButtonVariant, buttonClass } from './button.tsx';
import { cx } from './cx.ts';

interface ButtonAnchorProps extends ComponentProps<'a'> {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
}
function ButtonAnchor({ variant, size, className, ...rest }: ButtonAnchorProps) {
  return <a {...rest} className={cx(buttonClass(variant, size), className)} />;
}
/** `<ButtonLink to="/projects" variant="primary">`: typed like the router's Link. */
export const ButtonLink = createLink(ButtonAnchor);

function TextAnchor({ className, ...rest }: ComponentProps<'a'>) {
  return (
    <a
      {...rest}
      className={cx(
        'text-accent underline decoration-accent/40 underline-offset-3 hover:decoration-accent',
        className,
      )}
    />
  );
}
export const TextLink = createLink(TextAnchor);
