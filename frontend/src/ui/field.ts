/**
 * What a Field gives to the control inside it, to be spread on it: `<TextInput {...attrs} bind:value />`.
 * With it the label names the control, and the hint and the error are read after it.
 */
export interface FieldAttrs {
  id: string;
  'aria-labelledby'?: string | undefined;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: 'true' | undefined;
}
