export enum Plan {
  Single = 'single',
  Family = 'family',
}
