"""What leaves the tool (rapport): one document, told once, then laid out for a screen, a dossier or a spreadsheet."""
