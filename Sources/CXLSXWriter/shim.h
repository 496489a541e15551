#include <xlsxwriter.h>

/* A file in memory (Linux 3.17). glibc declares memfd_create for _GNU_SOURCE only, which modules must not differ in. */
extern int memfd_create(const char *name, unsigned int flags);
static inline int linchpin_memory_file(void) { return memfd_create("workbook", 1 /* close on exec */); }
