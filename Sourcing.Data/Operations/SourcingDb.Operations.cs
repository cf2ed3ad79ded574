using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Operations;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<Person> People => Set<Person>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<FormKey> FormKeys => Set<FormKey>();

    public DbSet<NumberSequence> NumberSequences => Set<NumberSequence>();

    public DbSet<SavedView> SavedViews => Set<SavedView>();

    public DbSet<ExchangeRate> ExchangeRates => Set<ExchangeRate>();

    public DbSet<Attachment> Attachments => Set<Attachment>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();

    public DbSet<JobRun> JobRuns => Set<JobRun>();

    public DbSet<RegularRun> RegularRuns => Set<RegularRun>();

    public DbSet<CompanySettings> CompanySettings => Set<CompanySettings>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
}
