"""What of a page is no news: titles, dates, datelines, agencies, repeats and boilerplate, marked and never cut."""
