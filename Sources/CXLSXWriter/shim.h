#define _GNU_SOURCE 1
#include <sys/mman.h>
#include <xlsxwriter.h>

/* A file in memory: glibc declares memfd_create for _GNU_SOURCE only. */
static inline int linchpin_memory_file(void) { return memfd_create("workbook", MFD_CLOEXEC); }
