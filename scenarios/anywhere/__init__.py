"""Any territory of France can be made from public files, by stated rules; what was filled is listed."""
