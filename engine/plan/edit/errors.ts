// The one error a correction can be refused with: one sentence saying what, where and what to do.

export class EditError extends Error {
  /** 'gone': what was to be changed is there no longer; 'shape': it cannot be done with this geometry. */
  readonly kind: 'gone' | 'shape';

  constructor(message: string, kind: 'gone' | 'shape' = 'shape') {
    super(message);
    this.name = 'EditError';
    this.kind = kind;
  }
}
