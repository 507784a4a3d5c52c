/** Who has an account in the pictures: the same in every run, since the pictures are compared. */
export const administrator = {
  name: 'Zeno of Citium',
  email: 'zeno@example.test',
  password: 'stoa poikile of the pictures',
}
export const writer = { ...administrator, name: 'Marcus Aurelius', email: 'marcus@example.test' }
