"""What the fault tests share: the service as a process, a visitor without a browser, and broken disks."""
