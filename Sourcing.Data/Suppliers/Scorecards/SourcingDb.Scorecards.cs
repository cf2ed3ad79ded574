using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<ScorecardTemplate> ScorecardTemplates => Set<ScorecardTemplate>();

    public DbSet<SupplierScorecard> SupplierScorecards => Set<SupplierScorecard>();

    public DbSet<SupplierKpi> SupplierKpis => Set<SupplierKpi>();
}
