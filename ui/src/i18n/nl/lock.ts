export const lock = {
  field: 'Wachtzin of pincode',
  open: 'Open',
  opening: 'Even geduld',
};
