"""What `./dev bench page` is made of: Lighthouse, Chromium, a slow line, and the limits."""
