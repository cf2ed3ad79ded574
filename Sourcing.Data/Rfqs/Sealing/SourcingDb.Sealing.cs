using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Rfqs.Sealing;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<RfqSeal> RfqSeals => Set<RfqSeal>();

    public DbSet<SealedBid> SealedBids => Set<SealedBid>();

    public DbSet<SealedCopy> SealedCopies => Set<SealedCopy>();

    public DbSet<OpenedBid> OpenedBids => Set<OpenedBid>();

    public DbSet<SealEvent> SealEvents => Set<SealEvent>();
}
