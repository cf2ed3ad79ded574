using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Imports;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<ImportRun> ImportRuns => Set<ImportRun>();

    public DbSet<ImportMapping> ImportMappings => Set<ImportMapping>();

    public DbSet<ImportFile> ImportFiles => Set<ImportFile>();

    public DbSet<ImportRow> ImportRows => Set<ImportRow>();

    public DbSet<ImportChange> ImportChanges => Set<ImportChange>();

    public DbSet<NameAlias> NameAliases => Set<NameAlias>();
}
