"""What tests stand on: archives, servers, pages and words made for them."""
