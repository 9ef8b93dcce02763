/** A hosting provider as an administrator enters it: support by mail and phone, and two people above them. */
export const hosting = {
  name: 'Example Hosting',
  plan: 'Business',
  accountNumber: 'A-1234',
  timeZone: 'Europe/London',
  contacts: [
    { id: 'support', name: 'Support desk', way: 'email', address: 'support@hosting.example.com', level: 0 },
    { id: 'hotline', name: 'Hotline', way: 'phone', address: '+15550100900', level: 0 },
    { id: 'lead', name: 'Team lead', way: 'phone', address: '+15550100901', level: 1 },
    { id: 'lead-mail', name: 'Team lead', way: 'email', address: 'lead@hosting.example.com', level: 1 },
    {
      ...{ id: 'manager', name: 'Mia Manager', way: 'email', address: 'mia@hosting.example.com', level: 3 },
      accountManager: true,
    },
  ],
  responseTimes: [
    { priority: 'Urgent', within: 'PT1H' },
    { priority: 'Normal', within: 'P1D' },
  ],
  haveAtHand: ['The site id: harbour-1'],
};
