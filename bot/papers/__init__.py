"""What comes in and goes out as a file: CSV, XLSX, JSON, iCalendar and PDF, a file for each."""
