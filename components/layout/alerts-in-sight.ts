/** What shows every alert that fires as it comes. While it stands on the page no message covers it to say the same. */
export const alertsInSight = "active-alerts";
