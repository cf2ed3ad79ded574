using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Sales;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<CustomerContact> CustomerContacts => Set<CustomerContact>();

    public DbSet<CustomerResponsibility> CustomerResponsibilities => Set<CustomerResponsibility>();

    public DbSet<SalesRep> SalesReps => Set<SalesRep>();

    public DbSet<SalesTeam> SalesTeams => Set<SalesTeam>();

    public DbSet<SalesQuota> SalesQuotas => Set<SalesQuota>();

    public DbSet<SalesNote> SalesNotes => Set<SalesNote>();

    public DbSet<OrderSale> OrderSales => Set<OrderSale>();

    public DbSet<RfqRequest> RfqRequests => Set<RfqRequest>();
}
