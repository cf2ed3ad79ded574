using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<Supplier> Suppliers => Set<Supplier>();

    public DbSet<SupplierContact> SupplierContacts => Set<SupplierContact>();

    public DbSet<SupplierUser> SupplierUsers => Set<SupplierUser>();
}
